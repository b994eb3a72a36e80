package io.halcyon.itests.lab.soak;

import io.halcyon.itests.lab.HalcyonNode;
import java.util.List;

/** What both nodes take at a moment: minutes that their processes have lived, kB of memory, open files. */
record Sample(double minutes, List<Double> lives, List<Long> residentKilobytes, List<Long> descriptors) {

    static Sample of(double minutes, List<HalcyonNode> nodes) {
        return new Sample(
                minutes,
                nodes.stream().map(SoakStage::minutesOfLife).toList(),
                nodes.stream().map(HalcyonNode::residentKilobytes).toList(),
                nodes.stream().map(SoakStage::descriptors).toList());
    }
}
