"""Archive, bundles, verification and strict replay: what an auditor uses. Never changes a journey."""
