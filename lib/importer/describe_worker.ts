import { type Described, describeGroups, type DescribeTask } from "./describe_group.ts";
import { serveCalls } from "./worker_serve.ts";

serveCalls<DescribeTask, Described[]>(describeGroups);
