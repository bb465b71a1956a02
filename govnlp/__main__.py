"""`python -m govnlp` is the command `govnlp`."""

from govnlp.cli import main

if __name__ == "__main__":
    main()
