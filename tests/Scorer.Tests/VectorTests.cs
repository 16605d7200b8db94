using System.Text.Json.Nodes;
using Grpc.Net.Client;
using MlKit.Scorer.Tests.Replay;
using MlKit.Scorer.Tests.Support;
using MlKit.Tests;

namespace MlKit.Scorer.Tests;

/// <summary>Replays what real clients sent to real servers.</summary>
public sealed class VectorTests
{
    private const string Missing = "(the shared material is absent)";

    public static TheoryData<string> Conversations => SharedMaterial.Optional("vectors", "inference") is { } folder
        ? [.. Directory.EnumerateFiles(folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order()]
        : [Missing];

    [Theory]
    [MemberData(nameof(Conversations))]
    public async Task Recorded_conversations_are_answered_as_recorded(string conversation)
    {
        var file = SharedMaterial.Require("vectors", "inference", $"{conversation}.json");
        var recorded = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!.AsObject();
        using var repository = new TemporaryFolder();
        using var state = new TemporaryFolder();
        var absent = CopyModels(recorded["models"]!.AsObject(), repository);
        await using var scorer = await RunningScorer.ServeAsync(repository.Path, state.Path);
        using var channel = GrpcChannel.ForAddress(scorer.GrpcAddress, new GrpcChannelOptions { MaxReceiveMessageSize = null });
        var (rest, grpc) = (new RestReplay(scorer.Http), new GrpcReplay(channel));

        var wrong = new List<string>();
        foreach (var exchange in recorded["exchanges"]!.AsArray().Select(node => node!.AsObject()))
        {
            var id = exchange["id"]!.GetValue<string>();
            if (absent.Any(model => exchange["request"]!.ToJsonString().Contains(model, StringComparison.Ordinal)))
            {
                continue;
            }

            var difference = exchange["request"]!["grpc"] is null ? await rest.RunAsync(exchange) : await grpc.RunAsync(exchange);
            if (difference is not null)
            {
                wrong.Add($"{id}: {difference}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    /// <summary>Copies the models that can be loaded here, and returns the names of the others.</summary>
    private static List<string> CopyModels(JsonObject models, TemporaryFolder repository)
    {
        var absent = new List<string>();
        foreach (var (name, folder) in models)
        {
            if (name == SharedModels.NeedsLocale && !SharedModels.HasLocale)
            {
                absent.Add(name);
            }
            else
            {
                repository.Copy(SharedMaterial.Require([.. folder!.GetValue<string>().Split('/')[1..]]), name);
            }
        }

        return absent;
    }
}
