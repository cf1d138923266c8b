-- AlterTable
ALTER TABLE "Interaction" ADD COLUMN     "decidedById" TEXT;
