"""Rows: threads, messages, drafts, attachments."""

from holdfast_web.correspondence.models.messages import Attachment, Draft, Message, Thread

__all__ = ["Attachment", "Draft", "Message", "Thread"]
