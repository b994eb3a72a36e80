package io.halcyon.console.subject;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Turns {@code Subject.getSubject(context)} into {@code Subject.current()}, which JDK 18 brought for exactly this. */
final class SubjectRewriter {

    private static final String SUBJECT = "javax/security/auth/Subject";

    private SubjectRewriter() {}

    static byte[] rewrite(byte[] classFile) {
        var reader = new ClassReader(classFile);
        // Types on the stack stay the same, so frames and maxima are copied.
        var writer = new ClassWriter(reader, 0);
        reader.accept(new Calls(writer), 0);
        return writer.toByteArray();
    }

    private static final class Calls extends ClassVisitor {

        Calls(ClassWriter writer) {
            super(Opcodes.ASM9, writer);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new Call(super.visitMethod(access, name, descriptor, signature, exceptions));
        }
    }

    private static final class Call extends MethodVisitor {

        Call(MethodVisitor writer) {
            super(Opcodes.ASM9, writer);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (SUBJECT.equals(owner) && "getSubject".equals(name)) {
                super.visitInsn(Opcodes.POP);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, SUBJECT, "current", "()L" + SUBJECT + ";", false);
                return;
            }
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }
    }
}
