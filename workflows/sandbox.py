"""The sandbox that every worker and every replay of Pakt runs workflows in."""

from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

# The pure domain is shared by all runs (a cached journey takes half the memory); house tests keep it pure.
PASSED_THROUGH = ("domain", "pydantic", "pydantic_core", "annotated_types")


def runner() -> SandboxedWorkflowRunner:
    """Temporal's sandbox, which re-imports the workflows but shares the pure domain."""
    restrictions = SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH)
    return SandboxedWorkflowRunner(restrictions=restrictions)
