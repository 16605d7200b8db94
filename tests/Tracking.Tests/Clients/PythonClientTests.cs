namespace MlKit.Tests.Clients;

/// <summary>The real Python client, as it is published, against the server on each database.</summary>
public sealed class PythonClientTests(PostgresServer postgres)
{
    private static readonly SemaphoreSlim Installing = new(1);

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task The_python_client_does_everything_that_classic_machine_learning_does(Backend backend)
    {
        var python = await PythonAsync();
        await using var server = await postgres.StartTrackingAsync(backend);
        var result = await Tool.TryRunAsync(
            Path.Combine(python, "bin", "python"), ["client.py", server.Address.AbsoluteUri.TrimEnd('/')],
            Path.Combine(Repository.Root, "tests", "Clients", "mlflow"));
        Assert.NotNull(result);
        Assert.True(result.Code == 0, result.Output);
    }

    /// <summary>The folder of the Python environment with the client, made once; skips the test where it cannot be had.</summary>
    private static async Task<string> PythonAsync()
    {
        await Installing.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            var script = Path.Combine(Repository.Root, "tests", "tools", "get-mlflow-client.sh");
            var install = await Tool.TryRunAsync(script, [], Repository.Root);
            Assert.SkipWhen(install is null || install.Code != 0, $"the Python client mlflow cannot be installed: {install?.Output}");
            return install!.Output.Trim().Split('\n')[^1];
        }
        finally
        {
            Installing.Release();
        }
    }
}
