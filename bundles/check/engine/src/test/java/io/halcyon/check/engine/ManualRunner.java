package io.halcyon.check.engine;

import io.halcyon.spi.check.CheckResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A runner that answers from a script, or not at all until the test says so. */
final class ManualRunner implements Runner {

    final List<Long> startedAt = new ArrayList<>();
    int givenUp;
    boolean hangs;
    CheckResult answer = CheckResult.up("fine");

    private final Loop loop;
    private final List<CheckResult> script = new ArrayList<>();
    private final List<Observer> hanging = new ArrayList<>();

    /** What came of the steps of each look. */
    Map<String, String> steps = Map.of();

    ManualRunner(Loop loop) {
        this.loop = loop;
    }

    @Override
    public Look start(Order order, Observer observer) {
        startedAt.add(loop.nanos());
        loop.execute(observer::began);
        if (hangs) {
            hanging.add(observer);
        } else {
            var result = script.isEmpty() ? answer : script.remove(0);
            loop.execute(() -> observer.ended(result));
        }
        return new Look() {
            @Override
            public boolean giveUp() {
                givenUp++;
                return false;
            }

            @Override
            public Map<String, String> withSteps(Map<String, String> details) {
                var all = new LinkedHashMap<>(steps);
                all.putAll(details);
                return all;
            }
        };
    }

    /** The next answers, before the usual one. */
    void script(List<CheckResult> answers) {
        script.addAll(answers);
    }

    /** The oldest hanging look returns. */
    void release(CheckResult result) {
        hanging.remove(0).ended(result);
    }

    int runs() {
        return startedAt.size();
    }
}
