"""The search engines: each stores SearchDocuments and finds them as `bank.search.engine.Engine` says."""
