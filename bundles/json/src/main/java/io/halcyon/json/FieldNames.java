package io.halcyon.json;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.halcyon.api.event.Event.AddressConflict;
import io.halcyon.api.event.Event.AddressTrouble;
import io.halcyon.api.event.Event.ConfigurationChange;
import io.halcyon.api.event.Event.Digest;
import io.halcyon.api.event.Event.GroupTransition;
import io.halcyon.api.event.Event.LeaseTrouble;
import io.halcyon.api.event.Event.LowerPriorityHeard;
import io.halcyon.api.event.Event.Maintenance;
import io.halcyon.api.event.Event.NodeStart;
import io.halcyon.api.event.Event.PluginChange;
import io.halcyon.api.event.Event.PriorityChange;
import io.halcyon.api.event.Event.RealServerChange;
import io.halcyon.api.event.Event.RouterTransition;
import io.halcyon.api.event.Event.Stall;
import io.halcyon.api.event.Event.Trial;
import io.halcyon.api.event.Event.VerdictChange;
import io.halcyon.api.event.Event.VirtualServerChange;
import io.halcyon.api.event.Severity;

/** Names that differ from Java's. They are a promise to whoever reads our JSON: they may be added to, never changed. */
final class FieldNames {

    private FieldNames() {}

    /** Java has the word {@code interface} for itself. */
    interface OfRouter {
        @JsonProperty("interface")
        String networkInterface();
    }

    /** An event says of which kind it is, and its line for a person and its severity although they may be computed. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = RouterTransition.class, name = "router-transition"),
        @JsonSubTypes.Type(value = VerdictChange.class, name = "verdict-change"),
        @JsonSubTypes.Type(value = PriorityChange.class, name = "priority-change"),
        @JsonSubTypes.Type(value = AddressTrouble.class, name = "address-trouble"),
        @JsonSubTypes.Type(value = ConfigurationChange.class, name = "configuration-change"),
        @JsonSubTypes.Type(value = Stall.class, name = "stall"),
        @JsonSubTypes.Type(value = PluginChange.class, name = "plugin-change"),
        @JsonSubTypes.Type(value = Maintenance.class, name = "maintenance"),
        @JsonSubTypes.Type(value = LowerPriorityHeard.class, name = "lower-priority-heard"),
        @JsonSubTypes.Type(value = GroupTransition.class, name = "group-transition"),
        @JsonSubTypes.Type(value = RealServerChange.class, name = "real-server-change"),
        @JsonSubTypes.Type(value = VirtualServerChange.class, name = "virtual-server-change"),
        @JsonSubTypes.Type(value = AddressConflict.class, name = "address-conflict"),
        @JsonSubTypes.Type(value = LeaseTrouble.class, name = "lease-trouble"),
        @JsonSubTypes.Type(value = NodeStart.class, name = "node-start"),
        @JsonSubTypes.Type(value = Digest.class, name = "digest"),
        @JsonSubTypes.Type(value = Trial.class, name = "trial"),
    })
    @JsonPropertyOrder({"kind", "object", "severity", "text"})
    // Jackson leaves out what it does not know anyway, but not without keeping it until the end.
    @JsonIgnoreProperties(ignoreUnknown = true)
    interface OfEvent {
        @JsonProperty
        String object();

        @JsonProperty(access = Access.READ_WRITE)
        String text();

        @JsonProperty(access = Access.READ_WRITE)
        Severity severity();
    }
}
