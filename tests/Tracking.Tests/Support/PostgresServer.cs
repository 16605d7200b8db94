using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

[assembly: AssemblyFixture(typeof(MlKit.Tests.PostgresServer))]

namespace MlKit.Tests;

/// <summary>
/// A PostgreSQL server of the tests' own, on a free port, started when the first test asks for a database and stopped
/// with the last. It refuses to run as root, so root hands it to another user.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _starting = new(1);
    private string? _programs;
    private string? _data;
    private Process? _process;
    private int _port;
    private int _databases;

    /// <summary>The connection string of a new, empty database; skips the test where there is no PostgreSQL.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_process is null)
            {
                await StartAsync();
            }
        }
        finally
        {
            _starting.Release();
        }

        var name = $"tracking_{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return ConnectionString(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            using (process)
            {
                await RunAsync("pg_ctl", "-D", _data!, "-m", "immediate", "-w", "stop");
                await process.WaitForExitAsync();
            }

            Directory.Delete(_data!, recursive: true);
        }

        _starting.Dispose();
    }

    private async Task StartAsync()
    {
        _programs = FindPrograms();
        Assert.SkipWhen(_programs is null, "PostgreSQL is not installed");
        var folder = await RunAsync("/usr/bin/mktemp", "-d", "-t", "mlkit-postgres-XXXXXX");
        Assert.SkipWhen(folder is null, "PostgreSQL cannot be run by another user than root here");
        _data = folder!.Trim();
        var made = await RunAsync("initdb", "-D", _data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync");
        Assert.True(made is not null, "initdb failed");
        _port = FreePort();
        _process = Process.Start(Command(
            "postgres", "-D", _data, "-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture),
            "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "max_connections=300"))!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.True(AnswersAsync, StartLimit, "PostgreSQL answers");
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database}";

    /// <summary>Runs a program to its end and returns what it printed, or null where it failed.</summary>
    private async Task<string?> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(Command(program, arguments))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await error;
        return process.ExitCode == 0 ? await output : null;
    }

    private ProcessStartInfo Command(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs!, program);
        string[] line = Environment.UserName == "root"
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments]
            : [path, .. arguments];
        return new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
    }

    /// <summary>Where Debian puts the newest version, or the folder of the search path.</summary>
    private static string? FindPrograms()
    {
        const string debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(debian) ? Directory.GetDirectories(debian) : [];
        var folders = versions.OrderByDescending(folder => folder, StringComparer.Ordinal).Select(folder => Path.Combine(folder, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator));
        return folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
