"""The stages on many machines: the same pure functions, with shuffles between them, over Parquet in and out.

`reading`, `extracting` and `aligning` hold the functions that workers run; `commands` chains them; an `engine` runs
them: `Local` in this process, `on_ray` on a cluster. `limiter` holds what all workers share.
"""
