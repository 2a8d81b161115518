"""`python -m gradstream`: the same as the command `gradstream`."""

import sys

from gradstream.cli.main import main

sys.exit(main())
