using MlKit.Bench.Tracking;

// usage: Tracking.Bench CASE...   (cases: log-batch cpu search artifacts start load; all of them without a name)
// Every case starts servers of its own on free ports, prints what it measured as ratios and says whether it holds.
if (args is ["copy-server", var folder])
{
    await CopyServer.RunAsync(folder);
    return 0;
}

var cases = new Dictionary<string, Func<Task<bool>>>
{
    ["log-batch"] = LogBatchCase.RunAsync,
    ["cpu"] = CpuCase.RunAsync,
    ["search"] = SearchCase.RunAsync,
    ["artifacts"] = ArtifactCase.RunAsync,
    ["start"] = StartCase.RunAsync,
    ["load"] = LoadCase.RunAsync,
};
var unknown = args.Where(name => !cases.ContainsKey(name)).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"unknown: {string.Join(", ", unknown)}; there are {string.Join(", ", cases.Keys)}");
    return 2;
}

var holds = true;
foreach (var name in args.Length > 0 ? args : [.. cases.Keys])
{
    Console.WriteLine($"== {name}");
    holds &= await cases[name]();
}

return holds ? 0 : 1;
