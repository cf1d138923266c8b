-- AlterTable
ALTER TABLE "User" ADD COLUMN     "browsersSince" TIMESTAMPTZ(3);
