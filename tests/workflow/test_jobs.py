"""Jobs: asked for once, however often they are asked for while they wait."""

from bank.workflow import jobs
from bank.workflow.bank import Bank


def test_what_waits_already_is_not_asked_for_twice(bank: Bank) -> None:
    first = jobs.queue_job(bank, "reindex")
    assert jobs.queue_job(bank, "reindex") == first
    assert jobs.queue_job(bank, "ocr", {"file": 1}) != jobs.queue_job(bank, "ocr", {"file": 2})
    begun = jobs.begin_job(bank, "reindex")
    assert begun is not None
    assert begun.id == first
    assert jobs.begin_job(bank, "reindex") is None
    assert jobs.queue_job(bank, "reindex") != first, "what is begun may have missed what this one is asked for"
