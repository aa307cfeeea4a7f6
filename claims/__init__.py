"""Cross-check news articles: what each source claims, in whose words, and where the sources differ."""

__version__ = "0.1.0"
