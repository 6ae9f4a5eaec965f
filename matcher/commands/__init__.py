"""The subcommands of `matcher`, one file each, imported only when called."""
