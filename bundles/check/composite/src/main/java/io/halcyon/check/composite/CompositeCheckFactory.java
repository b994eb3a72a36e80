package io.halcyon.check.composite;

import static io.halcyon.spi.keys.KeyValue.refused;

import io.halcyon.api.check.TrackedChecks;
import io.halcyon.api.check.Verdict;
import io.halcyon.api.check.VerdictListener;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Makes checks of the type {@code composite}, hears of the verdicts that they look at, and says who looks at whom. */
@Component(service = {HealthCheckFactory.class, VerdictListener.class, TrackedChecks.class})
public final class CompositeCheckFactory implements HealthCheckFactory<CompositeKeys>, VerdictListener, TrackedChecks {

    private final Composites composites = new Composites();
    private final LongSupplier clock;

    @Activate
    public CompositeCheckFactory() {
        this(System::nanoTime);
    }

    CompositeCheckFactory(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public String type() {
        return "composite";
    }

    @Override
    public Class<CompositeKeys> parameters() {
        return CompositeKeys.class;
    }

    @Override
    public HealthCheck create(String name, CompositeKeys keys) {
        var members = members(name, keys.checks());
        int all = members.stream().mapToInt(Member::weight).sum();
        return new CompositeCheck(name, members, quorum(keys.quorum(), all), composites, clock);
    }

    @Override
    public void onVerdict(Verdict verdict) {
        composites.tell(verdict);
    }

    @Override
    public void onVerdictRemoved(String name) {
        composites.forget(name);
    }

    @Override
    public Map<String, List<String>> trackedChecks() {
        return composites.trackers();
    }

    private static List<Member> members(String name, String[] lines) {
        var members = new ArrayList<Member>();
        for (var line : lines) {
            var member = Member.parse(line);
            if (member == null) {
                throw refused("checks", line, Member.FORM);
            }
            if (member.name().equals(name)) {
                throw refused("checks", line, "other checks, not itself");
            }
            if (members.stream().anyMatch(other -> other.name().equals(member.name()))) {
                throw refused("checks", line, "each check once");
            }
            members.add(member);
        }
        if (members.isEmpty()) {
            throw refused("checks", "", "at least one " + Member.FORM);
        }
        return members;
    }

    private static int quorum(String text, int all) {
        if (text.equals("all") || text.equals("any")) {
            return text.equals("all") ? all : 1;
        }
        int number = text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > all) {
            throw refused("quorum", text, "all, any, or 1-" + all + ", the sum of weights");
        }
        return number;
    }
}
