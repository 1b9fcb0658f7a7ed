"""A runner around Temporal's own that lets nothing change and sees every command in clear."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_commands import WorkflowCommand
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.converter import SerializationContext, StorageDriverStoreContext
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails, WorkflowRunner
from temporalio.workflow import Info

if TYPE_CHECKING:
    from temporalio.worker._command_aware_visitor import CommandInfo
    from temporalio.workflow import _Definition


@dataclass(frozen=True)
class Activation:
    """One turn of the workflow: up to which event it had read, and what it asked for."""

    history_length: int
    commands: tuple[WorkflowCommand, ...]


@dataclass
class Watch:
    """What was seen of one run, in order."""

    activations: list[Activation] = field(default_factory=list)


class WatchingRunner(WorkflowRunner):
    """Runs workflows with another runner; `watch` holds what the latest run asked for."""

    def __init__(self, inner: WorkflowRunner) -> None:
        """Wrap `inner`, which does all the work."""
        self._inner = inner
        self.watch = Watch()

    def prepare_workflow(self, defn: "_Definition") -> None:
        """Let the inner runner prepare."""
        self._inner.prepare_workflow(defn)

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """An instance of the inner runner, watched."""
        return _WatchedInstance(self._inner.create_instance(det), self.watch)

    def set_worker_level_failure_exception_types(self, types: Sequence[type[BaseException]]) -> None:
        """Let the inner runner know."""
        self._inner.set_worker_level_failure_exception_types(types)


class _WatchedInstance(WorkflowInstance):
    def __init__(self, inner: WorkflowInstance, watch: Watch) -> None:
        self._inner = inner
        self._watch = watch

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        length = act.history_length
        completion = self._inner.activate(act)
        # The worker encodes the payloads of this very message afterwards: keep a copy from before.
        seen = WorkflowActivationCompletion()
        seen.CopyFrom(completion)
        self._watch.activations.append(Activation(length, tuple(seen.successful.commands)))
        return completion

    def get_serialization_context(self, command_info: "CommandInfo | None") -> SerializationContext | None:
        return self._inner.get_serialization_context(command_info)

    def get_external_store_context(self, command_info: "CommandInfo | None") -> StorageDriverStoreContext:
        return self._inner.get_external_store_context(command_info)

    def get_info(self) -> Info:
        return self._inner.get_info()

    def get_thread_id(self) -> int | None:
        return self._inner.get_thread_id()
