package io.halcyon.console.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class SubjectRewriterTest {

    @SuppressWarnings("unused") // named by @FieldSource
    static final java.util.Set<String> CLASSES = SubjectHook.CLASSES;

    @ParameterizedTest
    @FieldSource("CLASSES")
    void karafsOwnClassesAskForTheCurrentSubjectAfterwards(String name) throws IOException {
        byte[] original = classFile(name);

        byte[] rewritten = SubjectRewriter.rewrite(original);

        assertThat(subjectCalls(original)).contains("getSubject").doesNotContain("current");
        assertThat(subjectCalls(rewritten)).contains("current").doesNotContain("getSubject");
    }

    @Test
    void classesWithoutTheCallKeepTheirBytes() throws IOException {
        byte[] original = classFile(SubjectRewriterTest.class.getName());

        assertThat(subjectCalls(SubjectRewriter.rewrite(original))).isEmpty();
    }

    private static byte[] classFile(String name) throws IOException {
        String resource = "/" + name.replace('.', '/') + ".class";
        try (var in = SubjectRewriterTest.class.getResourceAsStream(resource)) {
            return Objects.requireNonNull(in, resource).readAllBytes();
        }
    }

    private static List<String> subjectCalls(byte[] classFile) {
        List<String> names = new ArrayList<>();
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String type, String generic, String[] thrown) {
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitMethodInsn(
                                            int opcode, String owner, String method, String type, boolean face) {
                                        if ("javax/security/auth/Subject".equals(owner)) {
                                            names.add(method);
                                        }
                                    }
                                };
                            }
                        },
                        0);
        return names;
    }
}
