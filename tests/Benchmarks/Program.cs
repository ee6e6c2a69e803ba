return await CleanSync.Benchmarks.Chaos.Run(args);
