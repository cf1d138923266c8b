-- CreateTable
CREATE TABLE "EventHour" (
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "name" TEXT NOT NULL,
    "outcome" "Outcome" NOT NULL,
    "bucket" SMALLINT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "EventHour_pkey" PRIMARY KEY ("hour","name","outcome","bucket")
);
