"""How a catalog's pages look: what `theme` in `gradstream.yaml` says."""
