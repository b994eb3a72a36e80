package io.halcyon.check.dns;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The answer that is right. Immutable.
 *
 * @param rcodes response codes
 * @param authoritative whether it must be from the server's own data
 * @param least number of records
 * @param data expected data, empty for any
 * @param match how they are compared
 */
record Expectation(Set<Integer> rcodes, boolean authoritative, int least, List<ExpectedData> data, Match match) {

    /** How answers are compared with expected ones. */
    enum Match {
        ANY,
        ALL,
        EXACT
    }

    /** What is wrong with an answer, continuing "the answer ..."; null if nothing is. */
    @Nullable
    String faultOf(Question question, Message answer) {
        if (!rcodes.contains(answer.getRcode())) {
            return "is " + Rcode.string(answer.getRcode()) + ", allowed is " + codes();
        }
        if (authoritative && !answer.getHeader().getFlag(Flags.AA)) {
            return "is not authoritative";
        }
        if (answer.getRcode() != Rcode.NOERROR) {
            return null;
        }
        var records = records(question, answer);
        if (records.size() < least) {
            return least == 1 ? "has no record of the type" : "has fewer records than answers.min = " + least;
        }
        return data.isEmpty() ? null : mismatch(records);
    }

    /** Records of the type asked for, of the name asked for or one that it is an alias of. */
    static List<Record> records(Question question, Message answer) {
        var all = answer.getSection(Section.ANSWER).stream()
                .filter(record -> record.getDClass() == question.dclass())
                .toList();
        Set<Name> names = new HashSet<>(Set.of(question.name()));
        boolean isAsked = question.type() == Type.CNAME || question.type() == Type.ANY;
        // Servers put an alias before what it stands for, mostly.
        for (boolean more = !isAsked; more; ) {
            more = all.stream()
                    .filter(record -> record instanceof CNAMERecord && names.contains(record.getName()))
                    .map(record -> ((CNAMERecord) record).getTarget())
                    .filter(target -> !names.contains(target))
                    .findFirst()
                    .map(names::add)
                    .orElse(false);
        }
        return all.stream()
                .filter(record -> names.contains(record.getName()))
                .filter(record -> record.getType() == question.type() || question.type() == Type.ANY)
                .toList();
    }

    private @Nullable String mismatch(List<Record> records) {
        long there = data.stream()
                .filter(one -> records.stream().anyMatch(one::isOf))
                .count();
        if (match == Match.ANY) {
            return there > 0 ? null : "has none of the expected answers";
        }
        if (there < data.size()) {
            return "lacks an expected answer";
        }
        boolean isExact = records.stream().allMatch(record -> data.stream().anyMatch(one -> one.isOf(record)));
        return match == Match.ALL || isExact ? null : "has others than the expected answers";
    }

    private String codes() {
        return rcodes.stream().sorted().map(Rcode::string).collect(Collectors.joining(", "));
    }
}
