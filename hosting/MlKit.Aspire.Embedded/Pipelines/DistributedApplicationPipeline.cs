using System.Collections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Pipelines;

/// <summary>Collects the steps of builder and resources, orders them, and runs the chosen ones.</summary>
internal sealed class DistributedApplicationPipeline : IDistributedApplicationPipeline
{
    private static readonly (string Name, string[] DependsOn)[] WellKnown =
    [
        (WellKnownPipelineSteps.BeforeStart, []),
        (WellKnownPipelineSteps.PublishPrereq, [WellKnownPipelineSteps.BeforeStart]),
        (WellKnownPipelineSteps.Publish, [WellKnownPipelineSteps.PublishPrereq]),
        (WellKnownPipelineSteps.Diagnostics, [WellKnownPipelineSteps.BeforeStart]),
    ];

    private readonly List<PipelineStep> _steps = [];
    private readonly List<Func<PipelineConfigurationContext, Task>> _configurations = [];

    public void AddPipelineConfiguration(Func<PipelineConfigurationContext, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _configurations.Add(callback);
    }

    public void AddStep(
        string name,
        Func<PipelineStepContext, Task> action,
        object? dependsOn = null,
        object? requiredBy = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(action);
        AddStep(new PipelineStep
        {
            Name = name,
            Action = action,
            DependsOnSteps = Names(dependsOn, nameof(dependsOn)),
            RequiredBySteps = Names(requiredBy, nameof(requiredBy)),
        });
    }

    public void AddStep(PipelineStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        _steps.Add(step);
    }

    public async Task ExecuteAsync(PipelineContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var graph = new StepGraph(await CollectAsync(context).ConfigureAwait(false));
        var chosen = context.Services.GetService<IOptions<PipelineOptions>>()?.Value.Step;
        await StepRunner.RunAsync(graph, graph.Choose(chosen), context).ConfigureAwait(false);
    }

    /// <summary>Every step that could run, in the order in which they would.</summary>
    public async Task<IReadOnlyList<PipelineStep>> ListAsync(PipelineContext context)
    {
        var graph = new StepGraph(await CollectAsync(context).ConfigureAwait(false));
        return graph.Choose(null);
    }

    private async Task<List<PipelineStep>> CollectAsync(PipelineContext context)
    {
        var steps = new List<PipelineStep>(_steps);
        foreach (var resource in context.Model.Resources)
        {
            foreach (var annotation in resource.Annotations.OfType<PipelineStepAnnotation>().ToList())
            {
                var factory = new PipelineStepFactoryContext { PipelineContext = context, Resource = resource };
                foreach (var step in await annotation.CreateStepsAsync(factory).ConfigureAwait(false))
                {
                    step.Resource ??= resource;
                    steps.Add(step);
                }
            }
        }

        foreach (var (name, dependsOn) in WellKnown.Where(known => steps.TrueForAll(step => step.Name != known.Name)))
        {
            steps.Add(new PipelineStep { Name = name, Action = _ => Task.CompletedTask, DependsOnSteps = [.. dependsOn] });
        }

        var configuration = new PipelineConfigurationContext
        {
            Services = context.Services,
            Steps = steps,
            Model = context.Model,
        };
        var ofResources = context.Model.Resources
            .SelectMany(resource => resource.Annotations.OfType<PipelineConfigurationAnnotation>())
            .Select(annotation => annotation.Callback);
        foreach (var configure in _configurations.Concat(ofResources).ToList())
        {
            await configure(configuration).ConfigureAwait(false);
        }

        return steps;
    }

    private static List<string> Names(object? names, string parameter) => names switch
    {
        null => [],
        string name => [name],
        PipelineStep step => [step.Name],
        IEnumerable<string> many => [.. many],
        IEnumerable<PipelineStep> many => [.. many.Select(step => step.Name)],
        IEnumerable many => [.. many.Cast<object>().SelectMany(item => Names(item, parameter))],
        _ => throw new ArgumentException(
            $"A step name, a {nameof(PipelineStep)} or a collection of them is allowed, not {names.GetType()}.",
            parameter),
    };
}
