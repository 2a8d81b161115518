"""HTTP, server-sent events and WebSocket over runs and catalog, as `docs/architecture/wire.md` says."""
