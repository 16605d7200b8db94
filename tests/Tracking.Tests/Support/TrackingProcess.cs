using System.Diagnostics;

namespace MlKit.Tests;

/// <summary>The service as a process of its own, over a state folder of its own, stopped with the test.</summary>
internal sealed class TrackingProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly string _state = Directory.CreateTempSubdirectory("mlkit-tracking-").FullName;
    private readonly Dictionary<string, string> _settings;
    private readonly List<string> _log = [];
    private Process? _process;

    private TrackingProcess(Dictionary<string, string> settings)
    {
        _settings = settings;
    }

    /// <summary>Where it answers, with a closing slash.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The folder with its database and artifacts.</summary>
    public string State => _state;

    public int Id => _process!.Id;

    public static async Task<TrackingProcess> StartAsync(params (string Key, string Value)[] settings)
    {
        var server = new TrackingProcess(settings.ToDictionary(setting => setting.Key, setting => setting.Value));
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts the program and returns its exit code and what it said; for settings that it refuses.</summary>
    public static async Task<(int Code, string Output)> RunToEndAsync(params (string Key, string Value)[] settings)
    {
        await using var server = new TrackingProcess(settings.ToDictionary(setting => setting.Key, setting => setting.Value));
        using var process = server.Launch();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        lock (server._log)
        {
            return (process.ExitCode, string.Join('\n', server._log));
        }
    }

    /// <summary>Starts it again on what it kept.</summary>
    public async Task StartAsync()
    {
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = Launch(line =>
        {
            var at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at >= 0)
            {
                address.TrySetResult(new Uri(line[(at + Listening.Length)..].Trim() + "/"));
            }
        });
        var exited = _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (await Task.WhenAny(address.Task, exited).WaitAsync(StartLimit, TestContext.Current.CancellationToken) == exited)
        {
            throw new InvalidOperationException($"the tracking server ended at once:\n{string.Join('\n', _log)}");
        }

        Address = await address.Task;
    }

    /// <summary>Ends it without any warning, as a crash does (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        _process.Dispose();
        _process = null;
    }

    public HttpClient CreateClient() => new() { BaseAddress = Address };

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
            _process.Dispose();
        }

        Directory.Delete(_state, recursive: true);
    }

    /// <summary>Its own output, where the files of its web UI are: the same configuration and framework as the tests.</summary>
    private static string Assembly
    {
        get
        {
            var framework = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(Repository.Root, "services", "Tracking", "bin", framework.Parent!.Name, framework.Name, "Tracking.dll");
        }
    }

    private Process Launch(Action<string>? onLine = null)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _state,
        };
        start.ArgumentList.Add(Assembly);
        start.ArgumentList.Add("--urls");
        start.ArgumentList.Add("http://127.0.0.1:0");
        start.Environment["MLKIT__STATE__PATH"] = _state;
        foreach (var (key, value) in _settings)
        {
            start.Environment[key] = value;
        }

        var process = new Process { StartInfo = start };
        void Note(string? line)
        {
            if (line is not null)
            {
                lock (_log)
                {
                    _log.Add(line);
                }

                onLine?.Invoke(line);
            }
        }

        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
