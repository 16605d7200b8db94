using MlKit.Bench.Training;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Evaluation;

if (args is ["memory"])
{
    return Memory.Run();
}

if (args is ["memory-of", var users, var items])
{
    return Memory.Of(int.Parse(users, null), int.Parse(items, null));
}

if (args is not [var command, var path, ..] || command is not ("times" or "quality"))
{
    Console.Error.WriteLine("usage: Training.Bench times DATA | quality DATA [PROTOCOL] | memory");
    return 1;
}

if (command == "times")
{
    return Times.Run(DataSetReader.Read(path));
}

if (!ProtocolNames.TryParse(args.Length > 2 ? args[2] : "last", out var protocol))
{
    Console.Error.WriteLine($"allowed protocols: {ProtocolNames.Allowed}");
    return 1;
}

return Quality.Run(ProtocolSplitter.Read(path, protocol, new DataReadOptions(), seed: 1));
