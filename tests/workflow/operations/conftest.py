from tests.workflow.deposits.conftest import desk

__all__ = ["desk"]
