"""yingbao 应保: the gap between what is due and what is done, for a county's resident pension."""

__version__ = "0.1.0"
