-- AlterTable
ALTER TABLE "Grant" ADD COLUMN     "pausedById" TEXT;
