"""The engines: each holds SearchDocuments and finds them as bank.search.engine.Engine says."""
