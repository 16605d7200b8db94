using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace MlKit.Tests.Kubernetes;

/// <summary>The chart of a small application, in a folder that is removed at the end.</summary>
internal sealed class PublishedChart : IDisposable
{
    private PublishedChart(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Runs the step <c>publish</c> of an application. A failure is thrown.</summary>
    public static async Task<PublishedChart> CreateAsync(Action<IDistributedApplicationBuilder> compose, params string[] arguments)
    {
        var chart = new PublishedChart(Directory.CreateTempSubdirectory("mlkit-chart-").FullName);
        try
        {
            await PublishAsync(compose, chart.Folder, arguments);
            return chart;
        }
        catch
        {
            chart.Dispose();
            throw;
        }
    }

    /// <summary>Publishes into a folder that exists or not.</summary>
    public static async Task PublishAsync(Action<IDistributedApplicationBuilder> compose, string folder, params string[] arguments)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = ["--operation", "publish", "--step", "publish", "--output-path", folder, .. arguments],
            DisableDashboard = true,
        });
        builder.AddKubernetesEnvironment("k8s").WithHelm(helm => helm.WithChartName("shop"));
        compose(builder);
        await using var application = builder.Build();
        var context = new PipelineContext(
            application.Services.GetRequiredService<DistributedApplicationModel>(),
            application.Services.GetRequiredService<DistributedApplicationExecutionContext>(),
            application.Services,
            NullLogger.Instance,
            TestContext.Current.CancellationToken);
        await application.Services.GetRequiredService<IDistributedApplicationPipeline>().ExecuteAsync(context);
    }

    public string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    public IEnumerable<string> Files => Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
