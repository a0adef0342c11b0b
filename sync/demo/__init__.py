"""The made-up workbook of `followup demo`: as an HR team would really keep one."""

from sync.demo.build import build
from sync.demo.story import Case

__all__ = ["Case", "build"]
