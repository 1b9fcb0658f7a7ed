"""The only I/O that workflows cause: judging a day and handing notices over."""
