"""`Document` → claims, by a model: windows, prompts, answers, grounding, and asking again where that can help."""

from claims.extraction.options import Options, config_hash, options
from claims.extraction.run import Keeper, WindowResult, extract

__all__ = ["Keeper", "Options", "WindowResult", "config_hash", "extract", "options"]
