"""The engines that are measured, each behind the same two functions: `build` and `Reader.page`."""
