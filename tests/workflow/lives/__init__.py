"""Lives as scripts: dates, what people do, and what must or must not happen by itself."""
