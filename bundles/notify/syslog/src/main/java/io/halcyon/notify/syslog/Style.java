package io.halcyon.notify.syslog;

/**
 * How messages look. Immutable.
 *
 * @param facility number, 0-23
 * @param hostName empty for the node's
 * @param header which header
 * @param keepalived whether the text has keepalived's words
 * @param structuredId name of the structured data, empty for none
 * @param mostBytes of a message, without its frame
 */
record Style(
        int facility,
        String appName,
        String hostName,
        Header header,
        boolean keepalived,
        String structuredId,
        int mostBytes) {

    /** What stands in front of the text. */
    enum Header {
        RFC5424,
        /** The old one with the host's name. */
        RFC3164,
        /** The old one as {@code syslog(3)} writes it: who reads it knows the host. */
        LOCAL
    }
}
