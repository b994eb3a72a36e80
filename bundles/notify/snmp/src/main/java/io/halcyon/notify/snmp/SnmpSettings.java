package io.halcyon.notify.snmp;

/**
 * Where notifications go and how. Immutable.
 *
 * @param server name or address of the receiver
 * @param port its port
 * @param access how it knows us
 * @param inform whether it is asked for an answer
 * @param patience how long and how often
 * @param contents which notifications there are beside keepalived's
 * @param engineId of this node, hexadecimal digits, empty for the one that is made of its name
 */
record SnmpSettings(
        String server, int port, Access access, boolean inform, Patience patience, Contents contents, String engineId) {

    /** How the receiver knows us. Its text never shows a secret. */
    sealed interface Access {

        /** A text of somebody else's, without our secrets in it. */
        String censor(String text);

        /** Version 2c. */
        record Community(String name) implements Access {
            @Override
            public String censor(String text) {
                return text.replace(name, "***");
            }

            @Override
            public String toString() {
                return "Community[***]";
            }
        }

        /**
         * Version 3.
         *
         * @param privacyPassword empty for none
         */
        record User(
                String name,
                String authentication,
                String authenticationPassword,
                String privacy,
                String privacyPassword)
                implements Access {
            @Override
            public String censor(String text) {
                var once = text.replace(authenticationPassword, "***");
                return privacyPassword.isEmpty() ? once : once.replace(privacyPassword, "***");
            }

            @Override
            public String toString() {
                return "User[" + name + "]";
            }
        }
    }

    /**
     * How long to wait for an answer.
     *
     * @param retries how often to send again what had none
     */
    record Patience(long timeoutMillis, int retries) {

        long totalMillis() {
            return timeoutMillis * (retries + 1);
        }
    }

    /**
     * What is told of beside keepalived's notifications.
     *
     * @param rfc {@code none}, {@code 2787} or {@code 6527}
     * @param eventOid OID of the operator's own, empty for none
     */
    record Contents(String rfc, String eventOid) {}

    String place() {
        return server + ":" + port;
    }
}
