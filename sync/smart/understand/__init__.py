"""Understanding goal texts in Chinese and English: numbers, times, verbs, scope."""

from sync.smart.understand.model import Amount, Sort, Span, Time, Understanding
from sync.smart.understand.read import understand

__all__ = ["Amount", "Sort", "Span", "Time", "Understanding", "understand"]
