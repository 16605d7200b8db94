using System.Text.Encodings.Web;
using System.Text.Json;
using Aspire.Hosting.Kubernetes.Checking;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>What an environment adds to the pipeline: publishing, checking and explaining.</summary>
internal static class KubernetesSteps
{
    private const string Check = "check";
    private const string Explain = "explain";

    private static readonly JsonSerializerOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The steps of an environment. <c>check</c> and <c>explain</c> do their work only when they are asked for.</summary>
    public static IEnumerable<PipelineStep> Of(KubernetesEnvironmentResource environment, PipelineContext pipeline)
    {
        yield return new PipelineStep
        {
            Name = $"publish-{environment.Name}",
            Action = context => ChartPublisher.PublishAsync(environment, context),
            DependsOnSteps = [WellKnownPipelineSteps.PublishPrereq],
            RequiredBySteps = [WellKnownPipelineSteps.Publish],
            Description = $"Writes the Kubernetes environment '{environment.Name}' (--output-format helm, manifests or kustomize).",
        };
        var isFirst = pipeline.Model.Resources.OfType<KubernetesEnvironmentResource>().First() == environment;
        yield return OnDemand(
            isFirst ? Check : $"{Check}-{environment.Name}",
            context => CheckAsync(environment, context),
            "Checks a folder of manifests (--manifests DIR), or what would be published; --json prints a list.");
        yield return OnDemand(
            isFirst ? Explain : $"{Explain}-{environment.Name}",
            context => ExplainAsync(environment, context),
            "Prints which call of the AppHost caused each object.");
    }

    // A run of all steps must neither print tables nor check twice.
    private static PipelineStep OnDemand(string name, Func<PipelineStepContext, Task> action, string description) => new()
    {
        Name = name,
        Description = description,
        Action = context => context.Services.GetRequiredService<IOptions<PipelineOptions>>().Value.Step == name
            ? action(context)
            : Task.CompletedTask,
    };

    private static async Task CheckAsync(KubernetesEnvironmentResource environment, PipelineStepContext context)
    {
        var configuration = context.Services.GetRequiredService<IConfiguration>();
        var problems = configuration["Pipeline:Manifests"] is { Length: > 0 } folder
            ? ManifestCheck.CheckFolder(folder)
            : ManifestCheck.Check((await ChartPublisher.CreateAsync(environment, context).ConfigureAwait(false)).Render());
        if (configuration.GetValue("Pipeline:Json", false))
        {
            Console.WriteLine(JsonSerializer.Serialize(problems, JsonOptions));
        }
        else
        {
            foreach (var problem in problems)
            {
                Console.WriteLine($"{problem.Severity}: {problem}");
            }

            Console.WriteLine($"{problems.Count(problem => problem.IsError)} errors, {problems.Count(problem => !problem.IsError)} warnings");
        }

        var errors = problems.Count(problem => problem.IsError);
        if (errors > 0)
        {
            throw new DistributedApplicationException($"{errors} errors were found.");
        }
    }

    private static async Task ExplainAsync(KubernetesEnvironmentResource environment, PipelineStepContext context)
    {
        var objects = (await ChartPublisher.CreateAsync(environment, context).ConfigureAwait(false)).Render();
        var rows = objects.Select(item => (item.Title, Explanation.Of(item))).ToList();
        var width = rows.Max(row => row.Title.Length);
        foreach (var (title, cause) in rows)
        {
            Console.WriteLine($"{title.PadRight(width)}  {cause}");
        }
    }
}
