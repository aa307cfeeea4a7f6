"""`Document` → claims, by a model: windows, prompts, answers, grounding, and asking again where that can help."""

from claims.extraction.keeping import GroupCommit, Kept
from claims.extraction.options import Options, config_hash, options
from claims.extraction.run import Keeper, WindowResult, extract

__all__ = ["GroupCommit", "Keeper", "Kept", "Options", "WindowResult", "config_hash", "extract", "options"]
