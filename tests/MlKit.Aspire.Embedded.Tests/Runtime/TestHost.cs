using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace MlKit.Aspire.Embedded.Tests.Runtime;

/// <summary>A host of its own state folder that writes nothing to the console.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private DistributedApplication? _application;

    public TestHost(params string[] args)
    {
        Builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            DisableDashboard = true,
            ProjectDirectory = _folder.Path,
            Args = ["--MlKit:StatePath", Path.Combine(_folder.Path, ".mlkit"), "--MlKit:Console", "false", .. args],
        });
    }

    public static TimeSpan Deadline { get; } = TimeSpan.FromSeconds(30);

    public IDistributedApplicationBuilder Builder { get; }

    public TemporaryFolder Folder => _folder;

    public DistributedApplication Application => _application ?? throw new InvalidOperationException("not started");

    public ResourceNotificationService States => Application.ResourceNotifications;

    /// <summary>Adds a shell script as a resource.</summary>
    public ExecutableResource Shell(string name, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses a Unix shell");
        var resource = new ExecutableResource(name, "/bin/sh", _folder.Path);
        resource.Annotations.Add(new CommandLineArgsCallbackAnnotation(arguments =>
        {
            arguments.Add("-c");
            arguments.Add(script);
        }));
        Builder.AddResource(resource);
        return resource;
    }

    public async Task StartAsync()
    {
        _application = ((DistributedApplicationBuilder)Builder).Build();
        await _application.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until the resource is in one of the states, and gives its snapshot then.</summary>
    public async Task<CustomResourceSnapshot> UntilAsync(string name, params string[] states)
    {
        var change = await States.WaitForResourceAsync(
            name, e => states.Contains(e.Snapshot.State?.Text), TestContext.Current.CancellationToken).WaitAsync(Deadline, TestContext.Current.CancellationToken);
        return change.Snapshot;
    }

    /// <summary>The lines of the resource's log so far.</summary>
    public async Task<IReadOnlyList<string>> LogAsync(string name)
    {
        var lines = new List<string>();
        await foreach (var batch in LoggerService.GetAllAsync(name))
        {
            lines.AddRange(batch.Select(line => line.Content));
        }

        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.StopAsync(CancellationToken.None);
            await _application.DisposeAsync();
        }

        _folder.Dispose();
    }

    private ResourceLoggerService LoggerService =>
        (ResourceLoggerService)Application.Services.GetService(typeof(ResourceLoggerService))!;
}
