using MlKit.Bench.Features;

if (args is ["serve-bare", ..])
{
    return await BarePipeline.RunAsync(args[1], args[2]);
}

if (args is not [var what, ..])
{
    Console.WriteLine("usage: Features.Bench online|historical|memory|materialize [redis-server|embedded]");
    return 2;
}

await using var stores = new Stores();
switch (what)
{
    case "online":
        await OnlineBench.RunAsync(await stores.StartAsync(args.ElementAtOrDefault(1) ?? "redis-server"));
        break;
    case "historical":
        await HistoricalBench.RunAsync();
        break;
    case "memory":
        await MemoryBench.RunAsync();
        break;
    case "materialize":
        await MaterializeBench.RunAsync(await stores.StartAsync(args.ElementAtOrDefault(1) ?? "redis-server"));
        break;
    default:
        Console.WriteLine($"there is no benchmark '{what}'");
        return 2;
}

return 0;
