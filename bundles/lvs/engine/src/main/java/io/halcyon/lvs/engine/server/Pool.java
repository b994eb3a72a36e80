package io.halcyon.lvs.engine.server;

import io.halcyon.api.check.Verdict;
import io.halcyon.api.net.AddressText;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The real servers of a virtual server, each address by itself. Confined to its virtual server's thread. */
final class Pool {

    private final Map<String, Member> members = new LinkedHashMap<>();
    /** Who hears of a check; a check of its own file may be about several. */
    private final Map<String, List<Look>> listeners = new HashMap<>();

    /** What the checks said last, for real servers that are new. */
    private final Map<String, Verdict> known = new HashMap<>();

    private Map<String, Boolean> remembered = Map.of();
    private long failures;

    void remember(Map<String, Boolean> up) {
        remembered = up;
    }

    Collection<Member> members() {
        return members.values();
    }

    Set<String> checks() {
        return new TreeSet<>(listeners.keySet());
    }

    /**
     * Takes over what is configured and where host names lead to. Who stays at its address and port goes on as it is.
     *
     * @return those that are there no more
     */
    List<Member> configure(ServerSettings settings, Resolution resolution, long nowNanos) {
        Map<String, Member> before = new LinkedHashMap<>(members);
        members.clear();
        listeners.clear();
        for (RealServer server : settings.realServers()) {
            for (InetAddress address : resolution.addresses(server)) {
                int port = server.portFor(settings.services().get(0));
                String label = Member.label(address, port);
                // Two names that lead to one address are one destination.
                if (!members.containsKey(label)) {
                    members.put(label, member(settings, server, address, port, before.remove(label), nowNanos));
                }
            }
        }
        remembered = Map.of();
        known.keySet().retainAll(listeners.keySet());
        return List.copyOf(before.values());
    }

    private Member member(
            ServerSettings settings,
            RealServer server,
            InetAddress address,
            int port,
            @Nullable Member before,
            long nowNanos) {
        Boolean known = remembered.get(Member.label(address, port));
        boolean usually = known == null ? !server.alpha() : known;
        boolean up = before == null ? usually : before.isUp();
        List<Look> looks = looks(settings, server, address, up);
        boolean startsUp = looks.stream().allMatch(Look::up);
        Member member = before == null ? new Member(server, address, port, startsUp, nowNanos) : before;
        if (known != null) {
            member.prove();
        }
        member.configure(server, looks);
        for (Look look : member.looks()) {
            listeners.computeIfAbsent(look.check(), name -> new ArrayList<>()).add(look);
        }
        return member;
    }

    private List<Look> looks(ServerSettings settings, RealServer server, InetAddress address, boolean up) {
        List<Look> looks = new ArrayList<>();
        String prefix = Definitions.prefix(settings, server, address);
        for (CheckTemplate check : server.checks()) {
            looks.add(new Look(prefix + check.name(), check.name(), check.addsWeight(), check.startsUp(up)));
        }
        for (String check : server.trackedChecks()) {
            Look look = new Look(check, check, false, up);
            Verdict said = known.get(check);
            if (said != null) {
                look.on(said);
            }
            looks.add(look);
        }
        return looks;
    }

    /** A check says something. */
    void learn(Verdict verdict) {
        known.put(verdict.name(), verdict);
        listeners.getOrDefault(verdict.name(), List.of()).forEach(look -> look.on(verdict));
    }

    /** A check is gone. */
    void forget(String check) {
        known.remove(check);
        listeners.getOrDefault(check, List.of()).forEach(Look::onGone);
    }

    /** Nobody looks any more with the checks that were made for it. */
    void suspend() {
        for (Member member : members.values()) {
            for (Look look : member.looks()) {
                if (!member.server().trackedChecks().contains(look.check())) {
                    look.onGone();
                }
            }
        }
    }

    /** Those that came up or went down. */
    List<Member> recount(long slowStartNanos, long nowNanos) {
        List<Member> changed = new ArrayList<>();
        for (Member member : members.values()) {
            if (member.recount(failures + 1, nowNanos, slowStartNanos)) {
                failures += member.isUp() ? 0 : 1;
                changed.add(member);
            }
        }
        return changed;
    }

    /** Keys of the checks that are to be made, by name. */
    Map<String, Map<String, String>> checkDefinitions(ServerSettings settings) {
        Map<String, Map<String, String>> definitions = new TreeMap<>();
        for (Member member : members.values()) {
            String prefix = Definitions.prefix(settings, member.server(), member.address());
            Map<String, Look> looks = new HashMap<>();
            member.looks().forEach(look -> looks.put(look.check(), look));
            for (CheckTemplate check : member.server().checks()) {
                Look look = looks.get(prefix + check.name());
                if (look != null) {
                    definitions.put(look.check(), check.definition(AddressText.of(member.address()), look.startsUp()));
                }
            }
        }
        return definitions;
    }

    /** Keys of the notifiers that are to be made, by name. */
    Map<String, Map<String, String>> notifierDefinitions(ServerSettings settings) {
        Map<String, Map<String, String>> definitions = new TreeMap<>(Definitions.ofQuorum(settings));
        for (Member member : members.values()) {
            RealServer server = member.server();
            String suffix = server.host().isEmpty() ? "" : "/" + AddressText.of(member.address());
            definitions.putAll(Definitions.ofRealServer(
                    settings, server, suffix, settings.eventLabel(member.address(), member.port())));
        }
        return definitions;
    }

    Map<String, Boolean> up() {
        Map<String, Boolean> up = new TreeMap<>();
        members.forEach((label, member) -> up.put(label, member.isUp()));
        return up;
    }
}
