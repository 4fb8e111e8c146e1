import { streamName, type Decoder } from "@safar/contracts";
import { NotPublished, type Consumer } from "./port.ts";

/** Private events never leave the log in a cluster, so asking for one is refused where it would work by chance too. */
export const assertPublished = (consumer: Consumer, decoder: Decoder): void => {
  for (const type of consumer.types) {
    const contracts = consumer.categories.map((category) =>
      decoder.contractOf({ stream: streamName(category, ""), type }),
    );
    if (!contracts.some((contract) => contract?.isPublished))
      throw new NotPublished(
        `${consumer.durable} asks for ${type}, which ${consumer.categories.join(", ")} do not publish`,
      );
  }
};
