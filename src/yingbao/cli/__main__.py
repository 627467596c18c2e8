"""``python -m yingbao.cli``: the same program."""

from yingbao.cli.app import main

main()
