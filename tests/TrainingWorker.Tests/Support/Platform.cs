using Microsoft.Extensions.DependencyInjection;
using MlKit.Mlflow;
using MlKit.Recommendation.Data;

namespace MlKit.TrainingWorker.Tests.Support;

/// <summary>A tracking server and an online store of their own for each class of tests, on free ports, with a fresh state folder.</summary>
public sealed class Platform : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-training-").FullName;
    private readonly List<IAsyncDisposable> _started = [];
    private readonly SemaphoreSlim _once = new(1, 1);
    private string? _tracking;
    private int _redis;

    /// <summary>Everything that the processes keep.</summary>
    public string Folder => _folder;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _started)
        {
            await process.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A client of the tracking server.</summary>
    public async Task<MlflowClient> ConnectAsync()
    {
        await StartAsync();
        return new MlflowClient(new HttpClient { BaseAddress = new Uri(_tracking!) });
    }

    /// <summary>Runs the worker to its end.</summary>
    internal async Task<(int ExitCode, string Output)> RunWorkerAsync(string? data, params (string Key, string Value)[] settings)
    {
        return await RunAsync([], [.. settings, ("MLKIT__DATA__PATH", data ?? "")]);
    }

    /// <summary>Runs one of the worker's other commands to its end.</summary>
    internal Task<(int ExitCode, string Output)> RunCommandAsync(params string[] args) => RunAsync(args, []);

    private async Task<(int ExitCode, string Output)> RunAsync(string[] args, (string Key, string Value)[] settings)
    {
        await using var worker = await StartWorkerAsync(args, settings);
        return (await worker.EndAsync(), worker.Output);
    }

    /// <summary>Runs the job inside this process, where a test can replace parts of it; the answer is the exit code.</summary>
    internal async Task<int> RunHereAsync(string data, Action<IServiceCollection> change, params (string Key, string Value)[] settings)
    {
        var all = await SettingsAsync([.. settings, ("MLKIT__DATA__PATH", data)]);
        return await TrainingProgram.RunAsync(
            [.. all.Select(one => $"--{one.Key.Replace("__", ":", StringComparison.Ordinal)}={one.Value}")], change);
    }

    /// <summary>Starts the worker as a process.</summary>
    internal async Task<ServiceProcess> StartWorkerAsync(string[] args, params (string Key, string Value)[] settings) =>
        ServiceProcess.Start("TrainingWorker", await SettingsAsync(settings), args);

    /// <summary>Address of the tracking server.</summary>
    internal async Task<string> TrackingAsync()
    {
        await StartAsync();
        return _tracking!;
    }

    private async Task<Dictionary<string, string>> SettingsAsync((string Key, string Value)[] settings)
    {
        await StartAsync();
        var all = new Dictionary<string, string>
        {
            ["MLKIT__STATE__PATH"] = Path.Combine(_folder, "training"),
            ["MLKIT__FEAST__REGISTRY"] = Path.Combine(_folder, "feast", "registry.db"),
            ["MLKIT__FEAST__OFFLINE"] = Path.Combine(_folder, "feast", "offline"),
            ["ConnectionStrings__redis"] = $"127.0.0.1:{_redis}",
            ["services__mlflow__http__0"] = _tracking!,

            // The gate on latency is about the models, not about what else this machine is doing.
            ["MLKIT__TRAINING__LATENCYBUDGETMS"] = "10000",
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return all;
    }

    /// <summary>Writes events as a CSV and returns its path.</summary>
    internal string WriteCsv(string name, DataSet data)
    {
        var file = Path.Combine(_folder, name + ".csv");
        File.WriteAllLines(file, data.Interactions
            .Select(e => FormattableString.Invariant($"{data.UserIds[e.User]},{data.ItemIds[e.Item]},{e.Timestamp},{e.Value}"))
            .Prepend("user,item,timestamp,value"));
        return file;
    }

    internal string WriteText(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    private async Task StartAsync()
    {
        await _once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_tracking is null)
            {
                _redis = ServiceProcess.FreePort();
                await StartAsync("OnlineStore", new() { ["MLKIT__ONLINESTORE__PORT"] = $"{_redis}" });
                _tracking = await StartAsync("Tracking", []);
            }
        }
        finally
        {
            _once.Release();
        }
    }

    private async Task<string> StartAsync(string service, Dictionary<string, string> settings)
    {
        var address = $"http://127.0.0.1:{ServiceProcess.FreePort()}";
        settings["MLKIT__STATE__PATH"] = Path.Combine(_folder, service);
        var process = ServiceProcess.Start(service, settings, "--urls", address);
        _started.Add(process);
        await process.HealthyAsync(address);
        return address;
    }
}
