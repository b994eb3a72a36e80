package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import io.halcyon.api.vrrp.TrackStatus;
import io.halcyon.spi.link.Link;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the trackers of one router say. Owned by the loop.
 *
 * <p>keepalived's rules: a positive weight is added while the tracker is fine, a negative one subtracted while it is not,
 * weight 0 makes a failure a FAULT; reverse swaps fine and not.
 */
final class TrackBook {

    private static final int OWNER = 255;
    /** Greatest weight of a tracker. */
    private static final int MOST = 253;

    private List<Track> tracks;
    private final Map<String, Verdict> verdicts = new HashMap<>();
    /** Last known answer of a check: an unknown verdict later on changes nothing. */
    private final Map<String, Boolean> answers = new HashMap<>();

    private final Map<String, Boolean> interfaces = new HashMap<>();

    TrackBook(List<Track> tracks) {
        this.tracks = tracks;
    }

    void replace(List<Track> newTracks) {
        tracks = newTracks;
    }

    boolean tracks(String name) {
        return tracks.stream().anyMatch(track -> track.name().equals(name));
    }

    /** Sum of the weights of all trackers, without their signs. */
    int swing() {
        return tracks.stream().mapToInt(track -> Math.abs(weight(track))).sum();
    }

    /** Returns whether the event that it names was not told of before. */
    boolean verdict(Verdict verdict) {
        Verdict before = verdicts.put(verdict.name(), verdict);
        if (verdict.health() != Health.UNKNOWN) {
            answers.put(verdict.name(), verdict.health() != Health.DOWN);
        }
        return before == null || before.eventId() != verdict.eventId();
    }

    void verdictRemoved(String name) {
        verdicts.remove(name);
        answers.remove(name);
    }

    void link(Link link) {
        interfaces.put(link.name(), link.running());
    }

    void linkGone(String name) {
        interfaces.remove(name);
    }

    /** Why the router has to wait in INIT, or null if every tracker has an answer. */
    @Nullable
    String waitingFor() {
        for (Track track : tracks) {
            if (track.kind() == Track.Kind.SCRIPT && !answers.containsKey(track.name())) {
                return "check " + track.name() + " has no verdict yet: " + reason(track);
            }
        }
        return null;
    }

    /** Why the router is in FAULT, or null. */
    @Nullable
    String fault() {
        for (Track track : tracks) {
            if (weight(track) == 0 && Boolean.FALSE.equals(fine(track))) {
                return describe(track) + " failed: " + reason(track);
            }
        }
        return null;
    }

    int effectivePriority(int base) {
        if (base == OWNER) {
            return OWNER;
        }
        int priority = base;
        for (Track track : tracks) {
            priority += delta(track);
        }
        return Math.max(1, Math.min(OWNER - 1, priority));
    }

    /** Lowest and highest priority that the trackers can make of a base. */
    int[] range(int base) {
        int low = base;
        int high = base;
        for (Track track : tracks) {
            low += Math.min(0, weight(track));
            high += Math.max(0, weight(track));
        }
        return new int[] {Math.max(1, low), Math.min(OWNER - 1, high)};
    }

    List<TrackStatus> status() {
        List<TrackStatus> status = new ArrayList<>();
        for (Track track : tracks) {
            status.add(new TrackStatus(
                    track.kind() == Track.Kind.SCRIPT ? "script" : "interface",
                    track.name(),
                    weight(track),
                    reverse(track),
                    fine(track),
                    delta(track),
                    reason(track)));
        }
        return status;
    }

    /** Why the priority is what it is, after a change of a tracker of that name. */
    String reasonOf(String name) {
        for (Track track : tracks) {
            if (track.name().equals(name)) {
                return verdictOf(track);
            }
        }
        return name + " is not tracked any more";
    }

    /** Why the priority is what it is: every tracker that adds to it or takes from it. */
    String reasons() {
        String all = tracks.stream()
                .filter(track -> delta(track) != 0)
                .map(this::verdictOf)
                .collect(Collectors.joining("; "));
        return all.isEmpty() ? "no tracker adds or takes anything" : all;
    }

    private String verdictOf(Track track) {
        String word = Boolean.TRUE.equals(fine(track)) ? " is fine: " : " failed: ";
        return describe(track) + word + reason(track);
    }

    private int delta(Track track) {
        Boolean fine = fine(track);
        int weight = weight(track);
        if (fine == null) {
            return 0;
        }
        return (weight > 0) == fine ? weight : 0;
    }

    /** Whether the tracker is fine after reverse was applied, null while unknown. */
    private @Nullable Boolean fine(Track track) {
        Boolean ok = track.kind() == Track.Kind.SCRIPT
                ? answers.get(track.name())
                : interfaces.getOrDefault(track.name(), Boolean.FALSE);
        return ok == null ? null : ok != reverse(track);
    }

    int weight(Track track) {
        Verdict verdict = verdicts.get(track.name());
        if (track.kind() == Track.Kind.SCRIPT && verdict != null && verdict.dynamicWeight() != null) {
            return ofRouter(verdict.dynamicWeight());
        }
        if (track.weight() != null) {
            return track.weight();
        }
        return verdict == null ? 0 : verdict.weight();
    }

    /** What a real server may take is too much for a router; keepalived's word for a fault is less than -253, ours is 0. */
    private static int ofRouter(int asked) {
        return asked < -MOST ? 0 : Math.min(asked, MOST);
    }

    private boolean reverse(Track track) {
        if (track.reverse() != null) {
            return track.reverse();
        }
        Verdict verdict = verdicts.get(track.name());
        return verdict != null && verdict.reverse();
    }

    private String reason(Track track) {
        if (track.kind() == Track.Kind.INTERFACE) {
            Boolean running = interfaces.get(track.name());
            return running == null ? "it does not exist" : running ? "up" : "down";
        }
        Verdict verdict = verdicts.get(track.name());
        return verdict == null ? "there is no check of that name" : verdict.reason();
    }

    private static String describe(Track track) {
        return (track.kind() == Track.Kind.SCRIPT ? "check " : "tracked interface ") + track.name();
    }
}
