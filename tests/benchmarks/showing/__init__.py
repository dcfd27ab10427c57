"""A made-up stream and the ways to show it in a notebook: what runs inside the kernel that `live.py` measures."""
