//! A client of Prefect at work: flows and variables are made, read, listed over pages, changed and deleted.

use prefect::api::{CreateFlowError, CreateVariableError};
use prefect::types::{
    FlowCreate, FlowFilter, FlowFilterName, FlowRunCreate, FlowSort, LogCreate, StateCreate,
    StateType, VariableCreate, VariableUpdateValue,
};
use prefect::{Client, DateTime, ErrorKind};

type Failure = Box<dyn std::error::Error>;

/// How many flows there are: more than a page holds.
const FLOWS: usize = 5;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let url = std::env::args().nth(1).ok_or("the URL of the server")?;
    let client = Client::builder(url).api_version("0.8.4").build()?;
    assert!(client.root().health_check().send_raw().await?.status().is_success());
    flows(&client).await?;
    runs(&client).await?;
    variables(&client).await
}

async fn flows(client: &Client) -> Result<(), Failure> {
    let flows = client.flows();
    for number in 0..FLOWS {
        let flow = FlowCreate::new(format!("flow-{number}")).tags(vec!["made".to_owned()]);
        flows.create_flow(flow).send().await?;
    }
    // A list of three pages by an offset in the body, and the same by numbers of pages.
    let ours = || FlowFilter::default().name(FlowFilterName::default().like("flow-".to_owned()));
    let listed = flows.read_flows().flows(ours()).sort(FlowSort::NameAsc).limit(2).items();
    let listed = listed.all().await?;
    let names: Vec<_> = listed.iter().map(|flow| flow.name.as_str()).collect();
    assert_eq!(names, ["flow-0", "flow-1", "flow-2", "flow-3", "flow-4"]);
    let mut pages = flows.paginate_flows().flows(ours()).limit(2).pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page?.results.len());
    }
    assert_eq!(sizes, [2, 2, 1]);

    let first = &listed[0];
    flows.update_flow(first.id.clone()).tags(vec!["changed".to_owned()]).send().await?;
    let read = flows.read_flow(first.id.clone()).send().await?;
    assert_eq!(read.tags.as_deref(), Some(&["changed".to_owned()][..]));
    assert_eq!(flows.read_flow_by_name("flow-0").send().await?.id, first.id);

    // What the document forbids is not sent, and the server refuses it as the document says.
    let wrong = || flows.create_flow(FlowCreate::new("a/b"));
    let error = wrong().send().await.unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    let error = wrong().unchecked().send().await.unwrap_err();
    match error.api() {
        Some(CreateFlowError::UnprocessableEntity(_)) => {}
        _ => return Err(error.into()),
    }

    for flow in &listed {
        flows.delete_flow(flow.id.clone()).send().await?;
    }
    let error = flows.read_flow(first.id.clone()).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus, "404 is not in the document");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    Ok(())
}

/// A run with states and logs.
async fn runs(client: &Client) -> Result<(), Failure> {
    let flow = client.flows().create_flow(FlowCreate::new("run")).send().await?;
    let run = FlowRunCreate::new(flow.id.clone()).state(StateCreate::new(StateType::Pending));
    let run = client.flow_runs().create_flow_run(run).send().await?;
    assert_eq!(run.state_type.as_ref(), Some(&StateType::Pending));
    let line = LogCreate::new("made", 20, "a line", DateTime::now()).flow_run_id(run.id.clone());
    client.logs().create_logs(vec![line]).send().await?;
    let mut logs = client.logs().read_logs().items();
    while let Some(log) = logs.next().await {
        assert_eq!(log?.message, "a line");
    }
    client.flow_runs().delete_flow_run(run.id.clone()).send().await?;
    client.flows().delete_flow(flow.id).send().await?;
    Ok(())
}

async fn variables(client: &Client) -> Result<(), Failure> {
    let variables = client.variables();
    let made = VariableCreate::new("answer", Some(42.into()));
    let made = variables.create_variable(made).send().await?;
    variables.update_variable(made.id.clone()).value(VariableUpdateValue::from("a text")).send().await?;
    let read = variables.read_variable(made.id.clone()).send().await?;
    assert_eq!(read.value, Some("a text".into()));

    let twice = VariableCreate::new("answer", None);
    let error = variables.create_variable(twice).send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(409));
    let bad = VariableCreate::new("x".repeat(300), None);
    let error = variables.create_variable(bad).unchecked().send().await.unwrap_err();
    let Some(CreateVariableError::UnprocessableEntity(why)) = error.api() else {
        return Err(error.into());
    };
    let details = why.exception_detail.as_deref().unwrap_or_default();
    assert!(details.iter().any(|detail| detail.msg.contains("255")), "{details:?}");

    variables.delete_variable(made.id).send().await?;
    assert!(variables.read_variables().items().all().await?.is_empty());
    Ok(())
}
