"""``python -m bobine``: the same as the ``bobine`` command."""

import sys

from bobine.cli import main

if __name__ == "__main__":
    sys.exit(main())
