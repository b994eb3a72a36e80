package io.halcyon.notify.exec;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventKind;
import io.halcyon.api.event.EventRecord;
import io.halcyon.json.Json;
import io.halcyon.linux.process.ExternalCommand;
import io.halcyon.spi.notify.DeliveryException;
import io.halcyon.spi.notify.Notifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs scripts, one after the other. The thread that delivers owns it. */
final class ExecNotifier implements Notifier {

    private final Scripts scripts;
    private final ScriptRun runs;
    private final Memory memory = new Memory();

    ExecNotifier(String name, Scripts scripts) {
        this.scripts = scripts;
        this.runs = new ScriptRun(name, scripts);
    }

    @Override
    public void deliver(EventRecord happened) throws DeliveryException, InterruptedException {
        if (happened.event() instanceof Event.Trial) {
            tryOut(happened);
            return;
        }
        carryOut(happened, memory.of(happened.id()));
        memory.forget(happened.id());
    }

    @Override
    public Map<String, EventKind> kindsByKey() {
        return scripts.commands().keySet().stream()
                .filter(Call.KINDS::containsKey)
                .collect(Collectors.toUnmodifiableMap(key -> key, Call.KINDS::get));
    }

    private void tryOut(EventRecord trial) throws DeliveryException, InterruptedException {
        for (var script : scripts.commands().entrySet()) {
            try {
                script.getValue().verify();
            } catch (IOException e) {
                throw new DeliveryException(script.getKey() + ": " + e.getMessage(), e, false);
            }
        }
        carryOut(trial, new Progress());
    }

    /** Runs what is not settled yet, up to the first one that is worth another try: those behind it keep their place. */
    private void carryOut(EventRecord happened, Progress progress) throws DeliveryException, InterruptedException {
        var input = (Json.write(happened) + "\n").getBytes(StandardCharsets.UTF_8);
        for (var call : Call.of(happened.event())) {
            var script = scripts.forCall(call, happened.event());
            if (script != null && !progress.isSettled(call.key())) {
                carryOut(call, prepared(script, call, happened).reading(input), happened, progress);
            }
        }
        if (progress.hasFailures()) {
            throw new DeliveryException(progress.takeFailures(), null, false);
        }
    }

    private void carryOut(Call call, ExternalCommand command, EventRecord happened, Progress progress)
            throws DeliveryException, InterruptedException {
        try {
            runs.run(call.key(), command, happened.id());
            progress.succeeded(call.key());
        } catch (DeliveryException e) {
            if (e.worthRetrying()) {
                throw e;
            }
            progress.failed(call.key(), String.valueOf(e.getMessage()));
        }
    }

    private static ExternalCommand prepared(ExternalCommand script, Call call, EventRecord happened) {
        var command = script.plus(call.arguments());
        for (var variable : Variables.of(happened).entrySet()) {
            command = command.with(variable.getKey(), variable.getValue());
        }
        return command;
    }
}
